/** Sockets on which container runtimes take orders. */
const SOCKETS = ['docker.sock', 'containerd.sock', 'crio.sock', 'dockershim.sock', 'cri-dockerd.sock'];

/** Folders of those sockets. */
const FOLDERS = ['/run/containerd', '/run/crio', '/run/docker', '/run'];

/** Whether a path of a node leads to where its container runtime takes orders. */
export function isRuntimeSocket(path: string): boolean {
  // /var/run is a link to /run.
  const real = path.replace(/\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run');
  return FOLDERS.includes(real) || SOCKETS.some((socket) => real.endsWith(`/${socket}`));
}
