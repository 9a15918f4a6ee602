import { Construct } from 'constructs';
import { PersistentVolume, PersistentVolumeClaim } from 'seaworthy';

export interface ArchiveProps {
  /** Server of the files. */
  readonly server: string;
  /** Their folder on it. */
  readonly path: string;
}

/** Orders of the shop before this one, on a file server that was there before the cluster. */
export class Archive extends Construct {
  readonly claim: PersistentVolumeClaim;

  constructor(scope: Construct, id: string, nfs: ArchiveProps) {
    super(scope, id);
    const files = { size: '2Ti', accessModes: 'ReadOnlyMany' } as const;
    const volume = new PersistentVolume(this, 'files', {
      ...files,
      nfs,
      mountOptions: ['nfsvers=4.1'],
      claim: { namespace: 'shop', name: 'shop-archive' },
    });
    this.claim = new PersistentVolumeClaim(this, 'Default', { ...files, volume });
  }
}
