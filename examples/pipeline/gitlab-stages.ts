/*
 * Writes a GitLab pipeline with a manual job for each stage: npx tsx pipeline/gitlab-stages.ts plan.json shop > stages.yml
 * JSON is YAML, too.
 */
import { readFileSync } from 'node:fs';

const [file, namespace] = process.argv.slice(2);
const { stages } = JSON.parse(readFileSync(file, 'utf8')) as { readonly stages: readonly { readonly name: string }[] };

const jobs = stages.map(({ name }, index) => [name, {
  extends: '.apply',
  // The plan and the stages come from the pipeline that starts this one.
  needs: [{ pipeline: '$PARENT_PIPELINE_ID', job: 'plan' }, ...index === 0 ? [] : [stages[index - 1].name]],
  script: [`npx tsx pipeline/apply-stage.ts plan.json dist ${namespace} ${name}`],
}]);

process.stdout.write(`${JSON.stringify({ include: [{ local: 'pipeline/gitlab-apply.yml' }], ...Object.fromEntries(jobs) }, undefined, 2)}\n`);
