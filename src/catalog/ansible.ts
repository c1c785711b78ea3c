import type { Platform } from "./types.js";

/** The versions of ansible-core with which what is generated is tested, the first and the last. */
export const ansibleTested = { from: "2.14", to: "2.22" } as const;

/**
 * From which ansible-core on its modules no longer run on a Python, and the last before it
 * (https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html, target Python).
 */
const left: Readonly<
  Partial<Record<Platform["python"], { readonly at: string; readonly last: string }>>
> = {
  "3.6": { at: "2.17", last: "2.16" },
};

/** With which ansible-core a platform's hosts can be managed. */
export interface AnsibleRange {
  readonly from: string;
  readonly to: string;
  /** The first that cannot, where there is one. */
  readonly refused: string | null;
}

export const ansibleRange = ({ python }: Platform): AnsibleRange => ({
  from: ansibleTested.from,
  to: left[python]?.last ?? ansibleTested.to,
  refused: left[python]?.at ?? null,
});
