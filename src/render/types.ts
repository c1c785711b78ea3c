/** A file of the output. */
export interface RenderedFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** Its whole content: UTF-8, LF, ends with a newline. */
  readonly text: string;
}
