"""The stages of examples/shop, declared from Python by an overridden method. All folders have to be those of TypeScript, byte for byte."""
import cdk8s_plus_28 as kplus
from cdk8s import Chart, Duration
from cdk8s_canary import (
    CanaryService, Capacity, DisruptionBudget, Gate, GatewayListener, IstioGateway, Lane, Mesh, MeshNamespace, Protocol, Rollout, RolloutStep,
    ServicePort, StagedApp, VersionProps,
)

NAMESPACE = "shop"
PORTS = [ServicePort(port=80, target_port=8080)]


def requests(more=""):
    return f'sum(rate(istio_requests_total{{destination_workload_namespace="{NAMESPACE}"{more}}}[5m]))'


def version(service, name):
    return VersionProps(
        name=name,
        image=f"example/{service}:{name}",
        replicas=4,
        resources=kplus.ContainerResources(cpu=kplus.CpuResources(request=kplus.Cpu.millis(100))),
        disruption_budget=DisruptionBudget.max_unavailable(1),
    )


class Release(StagedApp):
    def _build_stage(self, app):
        Mesh.set_default(app, Mesh.istio())
        chart = Chart(app, "shop", namespace=NAMESPACE)
        MeshNamespace(chart, NAMESPACE)
        error_rate = f"""{requests(',response_code=~"5.."')} / {requests()}"""
        release = Rollout.canary(
            stable="v1",
            candidate="v2",
            lane=Lane.header("x-lane", "next"),
            capacity=Capacity.proportional(warm=1),
            steps=[
                RolloutStep(weight=5, gates=[Gate.duration(Duration.minutes(10)), Gate.approval("no new kind of error in the logs of web and cart")]),
                RolloutStep(weight=25, gates=[Gate.metric(name="error-rate", query=error_rate, max=0.01)]),
            ],
        )
        web = CanaryService(chart, "web", ports=PORTS, versions=[version("web", "v1"), version("web", "v2")], rollout=release, allow_from=[])
        cart = CanaryService(
            chart, "cart",
            ports=PORTS,
            versions=[version("cart", "r7"), version("cart", "r8")],
            rollout=release.with_versions({"v1": "r7", "v2": "r8"}),
            allow_from=web.clients,
        )
        CanaryService(chart, "payment", ports=PORTS, versions=[version("payment", "v3")], allow_from=cart.clients)
        gateway = IstioGateway(chart, "edge", listeners=[GatewayListener(port=80, protocol=Protocol.HTTP)])
        web.expose_via_gateway(gateway, hosts=["shop.example.com"])


Release().synth()
