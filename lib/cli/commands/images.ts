import { Argument, Option } from 'commander';
import { IMAGES_FORMATS } from '../../report/images/formats';
import type { ImagesFlags } from '../images/flags';
import { appOptions, environmentOption } from '../options/app';
import { outputOption } from '../options/reports';
import type { Command } from './command';

export const images: Command<ImagesFlags> = {
  name: 'images',
  description: 'lists the images, with the objects and lines of code that use them',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(IMAGES_FORMATS, 'cyclonedx=images.cdx.json'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  examples: [
    'seaworthy images',
    'seaworthy images deploy/ --output json',
    'seaworthy images --output cyclonedx=images.cdx.json',
  ],
  run: async (files, flags, context) => (await import('../images/images')).images(files, flags, context),
};
