import { Finding } from '../model/finding';
import { Report } from '../model/report';

/** What is said of a construct for which nobody chose a mesh. */
export function meshMissing(path: string, what = 'service'): Finding[] {
  const report = new Report(path);
  report.add('mesh-missing', 'mesh', `no mesh is chosen for this ${what}`,
    `give \`mesh\`, or call \`Mesh.setDefault\` for the app or the chart before the ${what} is declared`);
  return report.findings;
}
