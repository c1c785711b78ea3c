/** How Handlebars reads templates: what is missing is an error, and there are no helpers but ours. */
export const compileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: { yaml: true, name: true, text: true, list: true },
  preventIndent: false,
};
