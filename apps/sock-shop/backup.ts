import type { Construct } from 'constructs';
import type { StatefulService } from 'seaworthy';
import { CronJob, PersistentVolumeClaim } from 'seaworthy';
import { MONGO } from './databases';

/** Saves a Mongo each night, and keeps the last seven nights. */
export function addBackup(scope: Construct, database: StatefulService): CronJob {
  const disk = new PersistentVolumeClaim(scope, 'backups', { size: '20Gi' });
  return new CronJob(scope, 'backup', {
    image: MONGO,
    schedule: '30 3 * * *',
    timeZone: 'Etc/UTC',
    command: ['/bin/sh', '-c', 'mongodump --host="$DB" --gzip --archive="/backups/$(date +%u).gz"'],
    env: { DB: database.host },
    storage: { '/backups': disk },
    resources: { cpu: '50m', memory: { request: '128Mi', limit: '256Mi' } },
    security: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
    activeDeadline: 3600,
  }).connectsTo(database);
}
