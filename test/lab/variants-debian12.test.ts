import { describe } from "vitest";
import { tellStories } from "./variant-test.js";

describe("the whole story of a pair on Debian 12", () => {
  tellStories(({ flavour }) => flavour === "debian12");
});
