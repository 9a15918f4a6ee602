/** Sockets of container runtimes. */
const SOCKETS = ['docker.sock', 'containerd.sock', 'crio.sock', 'dockershim.sock', 'cri-dockerd.sock'];

/** Folders of those sockets. */
const FOLDERS = ['/run/containerd', '/run/crio', '/run/docker', '/run'];

/** Whether a path on a node gives access to the socket of its container runtime. */
export function isRuntimeSocket(path: string): boolean {
  // /var/run is a link to /run.
  const real = path.replace(/(?<!\/)\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run');
  return FOLDERS.includes(real) || SOCKETS.some((socket) => real.endsWith(`/${socket}`));
}
