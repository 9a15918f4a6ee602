import { join } from 'node:path';
import { Construct } from 'constructs';
import type { ContainerProps, Env, EnvValue, Security } from 'seaworthy';
import {
  ConfigMap,
  CronJob,
  Environment,
  ExternalSecret,
  keep,
  PersistentVolumeClaim,
  StatefulService,
  VolumeSnapshot,
} from 'seaworthy';
import { priorities } from './foundation';
import { images } from './images';

export interface DatabaseProps {
  /** Size of its disk, and of the one for backups: `20Gi`. */
  readonly size: string;
  /** Store that holds the password. */
  readonly secretStore: string;
}

/** Where the image keeps its data. */
const DATA = '/var/lib/postgresql/data';

const FOLDER = join(__dirname, 'config/database');

/** The user that the image makes for Postgres; unless told otherwise, it starts as root. */
const POSTGRES_USER: Security = { runAsUser: 999, runAsGroup: 999, fsGroup: 999 };

/** Over TCP, since the server that only fills an empty disk answers on its socket. */
const IS_READY = { command: ['pg_isready', '--host=127.0.0.1', '--username=shop'], timeout: 5 };

/** One Postgres with a disk that outlives it, and a backup each night. */
export class Database extends Construct {
  readonly server: StatefulService;
  /** Variables that every client of Postgres reads. */
  readonly connection: Env;

  constructor(scope: Construct, id: string, { size, secretStore }: DatabaseProps) {
    super(scope, id);
    const login = new ExternalSecret(this, 'login', {
      store: secretStore,
      keys: { password: 'shop/database#password' },
    });
    const config = new ConfigMap(this, 'config', {
      files: { 'postgresql.conf': join(FOLDER, 'postgresql.conf') },
    });
    this.server = new StatefulService(this, 'Default', {
      containerName: 'postgres',
      image: images.postgres,
      args: ['-c', 'config_file=/etc/postgresql/postgresql.conf'],
      port: { name: 'postgres', port: 5432 },
      env: {
        POSTGRES_USER: 'shop',
        POSTGRES_DB: 'shop',
        POSTGRES_PASSWORD: login.key('password'),
        // The root of the disk belongs to root; Postgres wants a folder of its own.
        PGDATA: `${DATA}/pgdata`,
      },
      files: { '/etc/postgresql': config },
      storage: {
        [DATA]: size,
        '/var/run/postgresql': { temporary: true },
        '/dev/shm': { temporary: 'memory', size: '256Mi' },
      },
      resources: { cpu: '500m', memory: { request: '1Gi', limit: '2Gi' } },
      probe: { readiness: IS_READY, startup: { ...IS_READY, failureThreshold: 180 } },
      sidecars: { exporter: exporter(login.key('password')) },
      scrape: 'metrics',
      // A disk with many files takes minutes to change hands: once is enough.
      security: { ...POSTGRES_USER, fsGroupChangePolicy: 'OnRootMismatch' },
      priorityClass: priorities.customers,
      terminationGracePeriod: 120,
    });
    this.connection = {
      PGHOST: this.server.host,
      PGUSER: 'shop',
      PGDATABASE: 'shop',
      PGPASSWORD: login.key('password'),
    };
    this.addBackup(size);
    if (Environment.of(this)?.has('snapshot-controller') === true) this.addSnapshot();
  }

  private addBackup(size: string): void {
    const disk = new PersistentVolumeClaim(this, 'backups', { size });
    keep(disk);
    const script = new ConfigMap(this, 'backup-script', {
      files: { 'backup.sh': join(FOLDER, 'backup.sh') },
    });
    const backup = new CronJob(this, 'backup', {
      schedule: '15 2 * * *',
      timeZone: 'Etc/UTC',
      startingDeadline: 3600,
      activeDeadline: 4 * 3600,
      backoffLimit: 2,
      image: images.postgres,
      command: ['/bin/sh', '-eu', '/scripts/backup.sh'],
      env: this.connection,
      files: { '/scripts': script },
      storage: { '/backups': disk },
      resources: { cpu: '100m', memory: { request: '256Mi', limit: '512Mi' } },
      security: POSTGRES_USER,
    });
    backup.connectsTo(this.server);
  }

  /** The disk as the release found it: one to go back to, should its migration fail. */
  private addSnapshot(): void {
    const release = images.api.split(':').at(-1) ?? '';
    keep(new VolumeSnapshot(this, `before-${release}`, { of: this.server.claim(DATA, 0) }));
  }
}

/** Speaks Prometheus for Postgres. */
function exporter(password: EnvValue): ContainerProps {
  return {
    image: images.postgresExporter,
    port: { name: 'metrics', port: 9187 },
    env: {
      DATA_SOURCE_URI: '127.0.0.1:5432/shop?sslmode=disable',
      DATA_SOURCE_USER: 'shop',
      DATA_SOURCE_PASS: password,
    },
    resources: { cpu: '10m', memory: { request: '32Mi', limit: '64Mi' } },
  };
}
