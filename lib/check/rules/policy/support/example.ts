/** The YAML of examples, so that a rule shows the lines that matter to it. */

/** A Pod `web` with the lines of its spec. */
export function pod(spec: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
${indent(spec, 2)}
`;
}

/** A Pod `web` of one container, with the lines of that container beside its name and image. */
export function container(lines: string): string {
  return pod(`containers:
  - name: web
    image: acme/web:1.4.2
${indent(lines, 4)}`);
}

/** A Deployment `web` with the lines of its spec beside selector and template, and those of the spec of its pods. */
export function deployment(spec: string, podSpec: string = WEB): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
${indent(spec, 2)}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${indent(podSpec, 6)}
`;
}

const WEB = `containers:
  - name: web
    image: acme/web:1.4.2`;

/** A Service in front of the pods that are labelled `app: web`. */
export const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`;

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}
