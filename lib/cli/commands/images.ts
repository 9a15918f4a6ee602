import { Argument, Option } from 'commander';
import { IMAGES_FORMATS } from '../../report/images/formats';
import type { ImagesFlags } from '../images/flags';
import { appOptions, environmentOption } from '../options/app';
import { valued } from '../options/kinds';
import { outputOption } from '../options/reports';
import type { Command } from './command';

export const images: Command<ImagesFlags> = {
  name: 'images',
  description: 'lists the images with what uses them, and pins their tags to digests',
  args: [new Argument('[files...]', 'YAML or JSON files, folders, or - for stdin, instead of the app')],
  options: [
    environmentOption('only this environment'),
    outputOption(IMAGES_FORMATS, 'cyclonedx=images.cdx.json'),
    new Option('--pin', 'write the digests that images.lock.yaml lacks').conflicts(['update', 'frozen']),
    new Option('--update', 'write the digests of all images anew').conflicts('frozen'),
    new Option('--frozen', 'exit with 1 if an image has no digest, or the lock an entry that is not used'),
    valued('--digests <file>', 'JSON with digests by image, or - for stdin, instead of asking registries'),
    valued('--registry-ca <file>', 'PEM of the authorities of registries, in addition to the known ones'),
    new Option('--no-kustomize', 'skip kustomizations, which kubectl builds'),
    ...appOptions(),
  ],
  notes: `
Registries are asked as docker does, with the logins of its configuration; those on this machine without TLS, unless there
is --registry-ca. Exit codes: 0 fine, 1 not pinned (--frozen), 2 usage, broken input, or a registry that does not answer.`,
  examples: [
    'seaworthy images',
    'seaworthy images deploy/ --output json',
    'seaworthy images --output cyclonedx=images.cdx.json',
    'seaworthy images --pin',
    'seaworthy images --update --digests - < digests.json',
  ],
  run: async (files, flags, context) => (await import('../images/images')).images(files, flags, context),
};
