// Part of the build: writes the published schema beside the compiled model.
import { writeFileSync } from "node:fs";
import { schemaText } from "./schema/index.js";

writeFileSync(new URL("schema.json", import.meta.url), schemaText());
