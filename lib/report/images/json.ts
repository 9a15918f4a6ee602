import { jsonText } from '../escape/json';
import type { ImagesPrinter } from './report';

/** For programs: the images with their uses. */
export const json: ImagesPrinter = ({ images, unused }) => jsonText({ images, unused });
