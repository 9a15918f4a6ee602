/** The annotation that names the construct which an object was made by, where files have it. */
export const CONSTRUCT_ANNOTATION = 'seaworthy.dev/construct';

/** The annotation that names the line which made the construct. */
export const SOURCE_ANNOTATION = 'seaworthy.dev/source';
