/** What a file holds: a text, in UTF-8, or bytes. Of two texts that are compared for a report, line ends do not count. */
export type FileContent = string | Uint8Array;
