import type { Format } from '../../report/format';
import type { ImagesPrinter } from '../../report/images/report';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy images`. */
export interface ImagesFlags extends AppOptions {
  readonly output?: readonly Output<Format<ImagesPrinter>>[];
  readonly environment?: string;
  readonly kustomize?: boolean;
  /** Adds the digests that the lock lacks. */
  readonly pin?: boolean;
  /** Finds all digests of the lock anew. */
  readonly update?: boolean;
  /** Fails where an image has no digest, or the lock has an entry that nothing uses. */
  readonly frozen?: boolean;
  /** A file with digests, or `-`, instead of registries. */
  readonly digests?: string;
  /** A file with the authorities of registries. */
  readonly registryCa?: string;
}
