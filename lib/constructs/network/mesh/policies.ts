import type { Construct } from 'constructs';
import type { CustomPatches } from '../../../kube/custom/patches';
import { shorten } from '../../../kube/names';
import { isReleaseBefore, releaseIn } from '../../../profiles/installed';
import { Environment } from '../../core/environment';
import { NAME_LENGTH } from '../../core/names';
import { KubeObject } from '../../core/object';
import type { Reporter } from '../../core/problems';
import { commonLabels, podsOf, primaryOf } from '../../rollout/primary';
import type { NamedPort } from '../../workloads/container/ports';
import type { TraitPlace } from '../../workloads/trait';
import { meshRules, rulesFor, type IngressCall, type MeshRule } from './calls';
import { namespaceOf } from '../peer';
import { authorizationSpec, peerAuthenticationSpec, waypointSpec } from './istio';
import { authenticationSpec, POLICY_VERSION, policySpec, SERVER_VERSION, serverSpec } from './linkerd';
import { identityOf, membershipOf } from './membership';

/** What an override of a policy in a mesh may hold, by its kind: those of Istio, and those of Linkerd. */
export type MeshPatch =
  | CustomPatches['AuthorizationPolicy']
  | CustomPatches['PeerAuthentication']
  | CustomPatches['LinkerdAuthorizationPolicy']
  | CustomPatches['MeshTLSAuthentication']
  | CustomPatches['Server'];

/** What a mesh asks of the policies of a workload, when it renders its own. */
interface Policies {
  /** The scope of the objects. */
  readonly scope: () => Construct;
  /** Who may call the workload. */
  readonly calls: () => readonly IngressCall[];
}

/**
 * The policies of a workload in the mesh of the cluster. They allow what its NetworkPolicy allows, by the identity of
 * callers that are known to be in the mesh.
 */
export class MeshPolicies {
  readonly #place: TraitPlace;
  readonly #policies: Policies;
  readonly #objects: KubeObject<MeshPatch>[] = [];
  readonly #servers = new Set<string>();
  #isLimited = false;

  constructor(place: TraitPlace, policies: Policies) {
    this.#place = place;
    this.#policies = policies;
    const membership = membershipOf(place.workload);
    if (membership?.mtls === undefined) return;
    if (membership.mesh.kind === 'linkerd') this.#makeServers();
    else this.#makePeerAuthentication(membership.mtls);
  }

  get objects(): readonly KubeObject<MeshPatch>[] {
    return this.#objects;
  }

  /** Lets only those call the workload that its NetworkPolicy lets. */
  limit(): void {
    const membership = membershipOf(this.#place.workload);
    if (membership === undefined || this.#isLimited) return;
    this.#isLimited = true;
    if (membership.mesh.kind === 'istio') this.#makeAuthorization();
    else this.#makeServers();
  }

  get #rules(): readonly MeshRule[] {
    return meshRules(this.#policies.calls());
  }

  /** Who may call a port of the workload of whom no rule speaks. */
  get #others(): 'nobody' | 'the mesh' | 'anyone' {
    if (this.#isLimited) return 'nobody';
    return membershipOf(this.#place.workload)?.mtls === 'strict' ? 'the mesh' : 'anyone';
  }

  #makePeerAuthentication(mtls: 'strict' | 'permissive'): void {
    const { ports } = this.#place;
    const content = (report: Reporter): object =>
      peerAuthenticationSpec(this.#labels(report), mtls, ports, this.#rules);
    this.#make('peer-authentication', 'security.istio.io/v1', 'PeerAuthentication', undefined, content);
  }

  #makeAuthorization(): void {
    const { workload, name } = this.#place;
    const make = (id: string, as: string | undefined, spec: (report: Reporter) => object): void => {
      this.#make(id, 'security.istio.io/v1', 'AuthorizationPolicy', as, spec);
    };
    const waypoint = membershipOf(workload)?.waypoint;
    const from = { identity: { namespace: namespaceOf(workload), account: waypoint ?? '' } };
    const through: MeshRule[] = waypoint === undefined ? [] : [{ from, ports: undefined }];
    make('authorization', undefined, (report) =>
      authorizationSpec(this.#labels(report), [...this.#rules, ...through]),
    );
    if (waypoint === undefined) return;
    make('waypoint', shorten([name, 'waypoint'], NAME_LENGTH), () => waypointSpec(name, this.#rules));
  }

  /** A Server for each port; what may be called besides stays with the default of the mesh, and the NetworkPolicy. */
  #makeServers(): void {
    const { workload, ports } = this.#place;
    for (const port of ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP')) {
      const name = shorten([this.#place.name, port.name], NAME_LENGTH);
      const rules = (): readonly MeshRule[] => rulesFor(this.#rules, port);
      if (!this.#servers.has(name)) {
        this.#servers.add(name);
        this.#make(`server-${port.name}`, SERVER_VERSION, 'Server', name, (report) => {
          this.#checkRelease(report);
          return serverSpec(podsOf(workload), port, rules(), this.#others);
        });
      }
      if (this.#isLimited) this.#makeAuthorized(port, name, rules);
    }
  }

  #makeAuthorized(port: NamedPort, name: string, rules: () => readonly MeshRule[]): void {
    const self = identityOf(this.#place.workload);
    if (self === undefined) return;
    const own = (): object => authenticationSpec(identityOf(this.#place.workload) ?? self, rules());
    this.#make(`callers-${port.name}`, POLICY_VERSION, 'MeshTLSAuthentication', name, own);
    this.#make(`authorization-${port.name}`, POLICY_VERSION, 'AuthorizationPolicy', name, () =>
      policySpec(name),
    );
  }

  /** Istio selects by equality alone: by a label that the pods have that Flagger makes, and nobody else. */
  #labels(report: Reporter): Readonly<Record<string, string>> {
    const { workload, name } = this.#place;
    const labels = commonLabels(workload);
    if (primaryOf(workload) !== undefined && !Object.values(labels).includes(name))
      report({
        code: 'INVALID_PROP',
        path: 'selector',
        message: 'Forbidden: Flagger changes the label by which policies of Istio would select the pods',
        hint: 'Leave it out: the usual labels have two, and Flagger changes one of them.',
      });
    return labels;
  }

  #checkRelease(report: Reporter): void {
    const { profile = {} } = Environment.of(this.#place.workload) ?? {};
    if (!isReleaseBefore(profile, 'linkerd', '2.16')) return;
    report({
      code: 'INVALID_PROP',
      path: 'mesh',
      message: `Linkerd ${releaseIn(profile, 'linkerd') ?? ''} has no \`accessPolicy\` of Servers; 2.16 has it`,
      hint: 'Set `mesh: false` for the workload, or the release that is installed in the profile.',
    });
  }

  #make(
    id: string,
    apiVersion: string,
    kind: string,
    name: string | undefined,
    spec: (report: Reporter) => object,
  ): void {
    const metadata = this.#place.metadata();
    this.#objects.push(
      new KubeObject<MeshPatch>(this.#policies.scope(), id, {
        apiVersion,
        kind,
        metadata: name === undefined ? metadata : { ...metadata, name },
        content: (report) => ({ spec: spec(report) }),
      }),
    );
  }
}
