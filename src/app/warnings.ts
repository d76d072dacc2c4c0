import { IConstruct } from 'constructs';
import { accept, addFindings, warningsBelow } from './findings';
import { Finding } from '../model/finding';
import { ERROR_CODES, WARNING_CODES } from '../model/finding-codes';
import { listed, suggestion } from '../model/nearest';
import { Report } from '../model/report';

/**
 * What works as declared, and may still not be what was meant. `app.synth()` writes each warning to the standard error output, once, and goes on.
 */
export class Warnings {
  /**
   * The warnings of a scope, without those that were accepted. In the order of the constructs, one line each:
   * `[construct/path] code at place: message; remedy`.
   *
   * Ask when all is declared: what is added later may bring others.
   *
   * @param scope an app, a chart or any construct; those below it count too
   */
  public static of(scope: IConstruct): string[] {
    return warningsBelow(scope);
  }

  /**
   * Says that the warnings of one code are known and meant, so that they are shown no more.
   *
   * @param scope an app, a chart or any construct; those below it count too
   * @param code code of the warning; one that no warning has is refused (`warning-unknown`)
   */
  public static accept(scope: IConstruct, code: string): void {
    if (Object.keys(WARNING_CODES).includes(code)) accept(scope, code);
    else addFindings(scope, () => unknownWarning(scope, code));
  }

  private constructor() {}
}

function unknownWarning(scope: IConstruct, code: string): Finding[] {
  const report = new Report(scope.node.path);
  const codes = Object.keys(WARNING_CODES);
  if (Object.keys(ERROR_CODES).includes(code)) {
    report.add('warning-unknown', 'Warnings.accept', `"${code}" is an error, and errors cannot be accepted`, 'mend what it names');
  } else {
    report.add('warning-unknown', 'Warnings.accept', `no warning has the code "${code}", there are ${listed(codes)}`, suggestion(code, codes, 'name one of these'));
  }
  return report.findings;
}
