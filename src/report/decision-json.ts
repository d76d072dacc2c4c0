import { ruleText } from './decision-text';
import { conditionText } from '../evaluation/condition';
import { Outcome, Verdict } from '../evaluation/verdict';

/** A decision for programs. Shares are numbers from 0 to 1, and exact as texts. */
export function decisionJson(verdict: Verdict) {
  const { outcomes, rule, ...rest } = actionJson(verdict);
  const passedOver = verdict.passedOver.map((passed) => ({ rule: ruleText(passed.rule), failed: conditionText(passed.failed) }));
  return { outcomes, rule, followed: verdict.followed, passedOver, ...rest };
}

/** What one rule does. */
export function actionJson({ outcomes, rule, filters, doubts }: Verdict) {
  return {
    outcomes: outcomes.map(outcomeJson),
    rule: rule && ruleText(rule),
    delay: filters.delay,
    abort: filters.abort,
    timeoutMilliseconds: filters.timeoutMilliseconds,
    retries: filters.retries,
    requestHeaders: filters.requestHeaders,
    responseHeaders: filters.responseHeaders,
    hostRewrite: filters.hostRewrite,
    pathRewrite: filters.pathRewrite,
    mirrors: filters.mirrors?.map(({ to, percent }) => ({ percent, to: to.kind === 'pods' ? to.service.object.title : to.kind === 'outside' ? to.host : to.reason })),
    doubts,
  };
}

function outcomeJson(one: Outcome) {
  const share = { share: one.share.toNumber(), exactShare: one.share.toString() };
  switch (one.kind) {
    case 'pods': return { ...share, version: one.version, workload: one.workload.object.title, service: one.service.object.title, port: one.port };
    case 'answered': return { ...share, status: one.status, cause: one.cause, reason: one.reason, object: one.object?.title };
    case 'redirected': {
      const { status, scheme, host, port, path } = one.redirect;
      return { ...share, redirect: { status, scheme, host, port, path } };
    }
    case 'outside': return { ...share, outside: one.host };
  }
}
