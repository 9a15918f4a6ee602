import type { Format } from '../../report/format';
import type { ImagesPrinter } from '../../report/images/report';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy images`. */
export interface ImagesFlags extends AppOptions {
  readonly output?: readonly Output<Format<ImagesPrinter>>[];
  readonly environment?: string;
  readonly kustomize?: boolean;
}
