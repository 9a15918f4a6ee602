/** A CronJob with lines of its spec, for examples. */
export function cronJob(lines: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
  namespace: shop
spec:
  schedule: 15 2 * * *
${lines}  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: backup
              image: acme/backup:1.4.2
`;
}
