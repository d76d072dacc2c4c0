import { Colours } from './colours';
import { hostText, PlannedRow } from './rows';

/** Shares as lengths. It repeats what the text beside it says, so that nobody needs its colours. */
export function shareBar(row: PlannedRow, colours: Colours): string {
  const parts = [
    ...row.shares.map(({ version, share }) => ({ share, colour: colours(hostText(row), version) })),
    ...row.lost > 0 ? [{ share: row.lost, colour: 'lost' }] : [],
  ];
  const spans = parts.map(({ share, colour }) => `<span class="${colour}" style="width:${Number((share * 100).toFixed(4))}%"></span>`);
  return `<div class="bar" aria-hidden="true">${spans.join('')}</div>`;
}
