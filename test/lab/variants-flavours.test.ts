import { describe } from "vitest";
import { tellStories } from "./variant-test.js";

describe("the whole story of a pair on another flavour of hosts", () => {
  tellStories(({ flavour }) => flavour !== "debian12");
});
