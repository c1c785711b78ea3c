/** How ajv checks a model: everything at once, each error with the part of the schema that it is about. */
export const validatorOptions = { allErrors: true, verbose: true } as const;
