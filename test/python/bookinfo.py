"""The example examples/bookinfo, declared from Python. Its manifests have to be those of TypeScript, byte for byte."""
import os

import cdk8s_plus_28 as kplus
from cdk8s import App, Chart, Duration
from cdk8s_canary import (
    CanaryService, Fault, GatewayListener, HeaderMatch, IstioGateway, Mesh, MeshNamespace, PathMatch, Protocol, Rollout, RolloutStep, RouteMatch,
    RouteProps, ServicePort, VersionProps,
)

AS_JASON = [RouteMatch(headers=[HeaderMatch.exact("end-user", "jason")])]

JASON = RouteProps(name="jason", matches=AS_JASON, weights={"v2": 1})
SLOW_JASON = RouteProps(name="jason", matches=AS_JASON, weights={"v2": 1}, fault=Fault.delay(Duration.seconds(7)))

ROLLOUT = Rollout.stages(
    [
        RolloutStep(name="no-rules", split_by_pods=True),
        RolloutStep(name="all-v1", weights={"v1": 1}),
        RolloutStep(name="test-v2", add_routes=[JASON]),
        RolloutStep(name="test-delay", weights={"v3": 1}, add_routes=[SLOW_JASON]),
        RolloutStep(name="50-v3", weights={"v1": 50, "v3": 50}, drop_routes=["jason"]),
        RolloutStep(name="v3", weights={"v3": 1}),
    ],
    retire=False,
)


def version(service, name, **settings):
    return VersionProps(name=name, image=f"docker.io/istio/examples-bookinfo-{service}-{name}:1.20.3", **settings)


stage = os.environ.get("CANARY_STAGE", "all-v1")
split_by_pods = stage.endswith("no-rules")

app = App()
Mesh.set_default(app, Mesh.istio())
chart = Chart(app, "bookinfo", namespace="default")
MeshNamespace(chart, "default")

ports = [ServicePort(port=9080)]
for service in ["details", "ratings"]:
    CanaryService(
        chart, service, ports=ports, versions=[version(service, "v1")], split_by_pods=split_by_pods, service_account_name=f"bookinfo-{service}",
    )
CanaryService(
    chart, "reviews",
    ports=ports,
    versions=[version("reviews", name, env={"LOG_DIR": kplus.EnvValue.from_value("/tmp/logs")}) for name in ["v1", "v2", "v3"]],
    service_account_name="bookinfo-reviews",
    rollout=ROLLOUT,
    stage=stage,
)
productpage = CanaryService(
    chart, "productpage",
    ports=[ServicePort(port=9080, node_port=30607)],
    service_type=kplus.ServiceType.NODE_PORT,
    versions=[version("productpage", "v1")],
    split_by_pods=split_by_pods,
    service_account_name="bookinfo-productpage",
)

gateway = IstioGateway(chart, "bookinfo-gateway", listeners=[GatewayListener(port=80, protocol=Protocol.HTTP)])
productpage.expose_via_gateway(
    gateway,
    name="bookinfo",
    matches=[
        RouteMatch(path=PathMatch.exact("/productpage")),
        RouteMatch(path=PathMatch.prefix("/static")),
        RouteMatch(path=PathMatch.exact("/login")),
        RouteMatch(path=PathMatch.exact("/logout")),
        RouteMatch(path=PathMatch.prefix("/api/v1/products")),
    ],
)

app.synth()
