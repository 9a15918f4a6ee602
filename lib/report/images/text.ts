import { formatId } from '../../manifest/manifest';
import { inert } from '../../text';
import { counted } from '../counts';
import { name } from '../escape/terminal';
import type { Paint } from '../paint';
import { userOf, type ImagesPrinter, type ImageUse, type ListedImage } from './report';

/** For people: each image, what uses it, and the line of code. */
export const text: ImagesPrinter = ({ images, unused }, paint) => {
  const parts = images.map((image) => imageText(image, paint));
  const stale = unused.map(
    (entry) => `${paint.yellow('unused')} ${name(entry)} is in the lock, and nothing uses it`,
  );
  const pinned = images.filter(({ digest }) => digest !== undefined).length;
  const summary = `${counted(images.length, 'image')}, ${pinned} with a digest`;
  return inert(`${[...parts, ...stale, summary].join('\n')}\n`);
};

function imageText(image: ListedImage, paint: Paint): string {
  const remark =
    image.name === undefined
      ? paint.red('  no image reference')
      : image.digest === undefined
        ? paint.yellow('  no digest')
        : '';
  return [`${paint.bold(name(image.image))}${remark}`, ...image.uses.map((use) => useText(use, paint))].join(
    '\n',
  );
}

function useText(use: ImageUse, paint: Paint): string {
  const where = use.environment === undefined ? '' : `${name(use.environment)}: `;
  const at = use.source ?? use.construct;
  const source = at === undefined ? '' : paint.dim(`  ${name(at)}`);
  return `  ${where}${name(formatId(use.object))}, ${name(userOf(use))}${source}`;
}
