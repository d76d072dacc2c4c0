import { Finding } from './finding';
import { ErrorCode, WarningCode } from './finding-codes';
import { nameProblem, NameRule } from './names';
import { regexProblem } from './regex';

/** A year. Proxies and their formats have limits of their own beyond it. */
const MAX_MILLISECONDS = 365 * 24 * 3600 * 1000;

/** Collects the findings of one construct. */
export class Report {
  public readonly findings: Finding[] = [];

  public constructor(private readonly path: string) {}

  /** Something that makes synthesis fail. */
  public add(code: ErrorCode, place: string, message: string, remedy: string): void {
    this.findings.push({ path: this.path, code, severity: 'error', place, message, remedy });
  }

  /** Something that is rendered as declared, and that the user should know. */
  public warn(code: WarningCode, place: string, message: string, remedy: string): void {
    this.findings.push({ path: this.path, code, severity: 'warning', place, message, remedy });
  }

  public name(place: string, text: string, rule: NameRule, remedy: string): void {
    const problem = nameProblem(text, rule);
    if (problem) this.add(rule.startsWith('label') ? 'label-invalid' : 'name-invalid', place, problem, remedy);
  }

  public regex(place: string, pattern: string): void {
    const problem = regexProblem(pattern);
    if (problem) {
      this.add('regex-invalid', place, `"${pattern}" is no RE2 expression: ${problem}`, 'use RE2 syntax: no look-around, no back-references');
    }
  }

  public percent(code: ErrorCode, place: string, percent: number): void {
    if (!(Number.isFinite(percent) && percent >= 0 && percent <= 100)) this.add(code, place, `the share is ${percent}`, 'give a percentage from 0 to 100');
  }

  public milliseconds(code: ErrorCode, place: string, milliseconds: number | undefined, otherwise: string): void {
    if (milliseconds !== undefined && !(Number.isInteger(milliseconds) && milliseconds >= 1 && milliseconds <= MAX_MILLISECONDS)) {
      this.add(code, place, `the duration is ${milliseconds} ms`, `give whole milliseconds, from 1 ms to 365 days, ${otherwise}`);
    }
  }

  public wholeNumber(code: ErrorCode, place: string, value: number | undefined, min: number, max: number): void {
    if (value !== undefined && !(Number.isInteger(value) && value >= min && value <= max)) {
      this.add(code, place, `the value is ${value}`, `give a whole number from ${min} to ${max}`);
    }
  }
}
