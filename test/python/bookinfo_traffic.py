"""What the manifests of bookinfo do, asked in Python: `bookinfo_traffic.py <folder of a stage> <name of the stage>`."""
import sys

from cdk8s_canary import Lint, RequestSource, Traffic

# Shares of reviews, for everybody and for jason: scenario 2 of the examples.
EXPECTED = {
    "no-rules": ({"v1": 1 / 3, "v2": 1 / 3, "v3": 1 / 3}, {"v1": 1 / 3, "v2": 1 / 3, "v3": 1 / 3}),
    "all-v1": ({"v1": 1.0}, {"v1": 1.0}),
    "test-v2": ({"v1": 1.0}, {"v2": 1.0}),
    "test-delay": ({"v3": 1.0}, {"v2": 1.0}),
    "50-v3": ({"v1": 0.5, "v3": 0.5}, {"v1": 0.5, "v3": 0.5}),
    "v3": ({"v3": 1.0}, {"v3": 1.0}),
}

folder, stage = sys.argv[1:]
traffic = Traffic.from_files([folder])
everybody = traffic.decide(host="reviews", port=9080)
jason = traffic.decide(host="reviews", port=9080, headers={"End-User": "jason"}, from_=RequestSource.meshed(namespace="default"))

assert (dict(everybody.shares), dict(jason.shares)) == EXPECTED[stage], (str(everybody), str(jason))
assert jason.delay_millis == (7000 if stage == "test-delay" else 0), str(jason)
assert list(everybody.mirrors) == [] and everybody.rewrite is None and everybody.abort_percent == 0
assert everybody.lost == 0 and everybody.outcomes[0].share > 0
errors = [finding for finding in Lint.check(traffic, severities={"catch-all-missing": "off"}) if finding.severity == "error"]
assert errors == [], [finding.message for finding in errors]
