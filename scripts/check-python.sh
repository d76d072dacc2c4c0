#!/usr/bin/env bash
# Builds the package for Python, declares bookinfo and the stages of shop with it, compares the manifests with those of TypeScript, byte for byte, and
# asks bookinfo's in Python what they do.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo "check:python SKIPPED: no Python 3 with venv on this machine"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npx projen compile >"$work/compile.log" 2>&1 || { cat "$work/compile.log"; exit 1; }
npx jsii-pacmak --target python --outdir "$work/dist" >"$work/pacmak.log" 2>&1 || { cat "$work/pacmak.log"; exit 1; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "$work"/dist/python/*.whl

stages="no-rules all-v1 test-v2 test-delay 50-v3 v3"
passed=0
for stage in $stages; do
  (cd examples/bookinfo && CANARY_STAGE=$stage CDK8S_OUTDIR="$work/typescript/$stage" npx tsx main.ts)
  CANARY_STAGE=$stage CDK8S_OUTDIR="$work/python/$stage" "$work/venv/bin/python" test/python/bookinfo.py
  diff -r "$work/typescript/$stage" "$work/python/$stage"
  test -n "$(ls "$work/python/$stage")"
  "$work/venv/bin/python" test/python/bookinfo_traffic.py "$work/python/$stage" "$stage"
  echo "bookinfo at $stage: the same bytes from Python and TypeScript, and the traffic that is meant"
  passed=$((passed + 1))
done

(cd examples/shop && CDK8S_OUTDIR="$work/typescript/shop" npx tsx stages.ts)
CDK8S_OUTDIR="$work/python/shop" "$work/venv/bin/python" test/python/shop_stages.py
# The record of what an app wrote has the name of its program.
diff -r --exclude="*.cdk8s-canary" "$work/typescript/shop" "$work/python/shop"
files=$(find "$work/python/shop" -name '*.yaml' | wc -l)
test "$files" -gt 0

# An app in Python tells the plan which stages it has, through the process that runs the library.
number=0
for stage in $stages; do
  mkdir -p "$work/stages"
  cp -R "$work/typescript/$stage" "$work/stages/0$number-$stage"
  number=$((number + 1))
done
node bin/canary plan "$work/stages" --format json >"$work/plan-of-folders.json"
node bin/canary plan --no-rollbacks --app "'$work/venv/bin/python' test/python/bookinfo.py" --format json >"$work/plan-of-app.json" 2>"$work/plan.log" ||
  { cat "$work/plan.log"; exit 1; }
diff "$work/plan-of-folders.json" "$work/plan-of-app.json"
echo "canary plan --app: the same plan from Python and from the stages of TypeScript"
echo "check:python: $passed stages of bookinfo and $files files of the stages of shop equal"
