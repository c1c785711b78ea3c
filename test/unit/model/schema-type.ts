/**
 * The TypeScript type of what a JSON Schema accepts, for as much of draft-07 as the model's schema uses. Not that of
 * json-schema-to-ts: it makes an index signature of `patternProperties`, which lets every misspelt key pass.
 */
export type FromSchema<S> = S extends {
  readonly if: unknown;
  readonly then: infer Then;
  readonly else: infer Else;
}
  ? FromSchema<Then> | FromSchema<Else>
  : S extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : S extends { readonly type: "string" }
      ? string
      : S extends { readonly type: "integer" }
        ? number
        : S extends { readonly type: "boolean" }
          ? boolean
          : S extends {
                readonly type: "array";
                readonly minItems: 2;
                readonly maxItems: 2;
                readonly items: infer Item;
              }
            ? readonly [FromSchema<Item>, FromSchema<Item>]
            : S extends { readonly type: "array"; readonly items: infer Item }
              ? readonly FromSchema<Item>[]
              : S extends { readonly type: "object"; readonly properties: infer Properties }
                ? FromObject<Properties, Required<S>>
                : never;

type Required<S> = S extends { readonly required: readonly (infer Key)[] } ? Key : never;

type FromObject<Properties, Needed> = Flat<
  {
    readonly [Key in keyof Properties as Key extends Needed ? Key : never]: FromSchema<
      Properties[Key]
    >;
  } & {
    readonly [Key in keyof Properties as Key extends Needed ? never : Key]?: FromSchema<
      Properties[Key]
    >;
  }
>;

/** An intersection as one object type, so that types can be compared. */
type Flat<T> = { [Key in keyof T]: T[Key] };
