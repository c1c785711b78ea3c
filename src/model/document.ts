import type {
  Console,
  Dhcp,
  LinkMethod,
  Ntp,
  PlatformName,
  Timeouts,
  UserService,
} from "./types.js";

// What a user writes, as the schema accepts it; a type test holds these to the schema.

export interface HostDocument {
  readonly name: string;
  readonly address: string;
  readonly ansible_host?: string;
  readonly addresses?: readonly { readonly address: string; readonly nic?: string }[];
  readonly nic?: string;
  readonly hostname?: string;
  readonly user?: string;
  readonly port?: number;
  readonly become?: boolean;
  readonly fencing?: FencingDocument;
}

export interface FencingDocument {
  readonly status: string;
  readonly reboot?: string;
  readonly off?: string;
}

export interface VirtualDocument {
  readonly address: string;
  readonly netmask?: string;
  readonly prefix?: number;
  readonly nic: string;
  readonly hostname: string;
}

/** An item of a list of virtual IPs; the rules see to it that the first has a hostname. */
export interface NetworkDocument {
  readonly address: string;
  readonly netmask?: string;
  readonly prefix?: number;
  readonly nic: string;
  readonly hostname?: string;
}

export interface SharedDocument {
  readonly path: string;
  readonly method?: LinkMethod;
  readonly device?: string;
  readonly directories?: {
    readonly add?: readonly string[];
    readonly drop?: readonly string[];
  };
  readonly files?: readonly string[];
}

export type XcatSourceDocument =
  | "packages"
  | { readonly script: string; readonly core?: string; readonly dep?: string };

export interface UserServiceDocument {
  readonly unit: string;
  readonly place?: UserService["place"];
}

/** A model's document, valid by the schema. */
export interface ModelDocument {
  readonly name?: string;
  readonly platform: PlatformName;
  readonly hosts: readonly [HostDocument, HostDocument];
  readonly virtual: VirtualDocument | readonly NetworkDocument[];
  readonly shared: SharedDocument;
  readonly database?: "postgresql" | "mariadb" | "mysql" | "sqlite";
  readonly console?: Console;
  readonly dhcp?: Dhcp;
  readonly dns?: boolean;
  readonly ntp?: Ntp;
  readonly nfs?: boolean;
  readonly http?: boolean;
  readonly tftp?: boolean;
  readonly site?: { readonly domain?: string };
  readonly names?: { readonly keep?: readonly string[] };
  readonly xcat?: { readonly version?: string; readonly source?: XcatSourceDocument };
  readonly hostname?: { readonly change?: boolean };
  readonly services?: readonly UserServiceDocument[];
  readonly backup?: { readonly path: string; readonly keep?: number; readonly time?: string };
  readonly timeouts?: { readonly [Name in keyof Timeouts]?: number };
}

/** A document as far as it could be read: what the schema refused is absent. */
export type Draft = Lenient<ModelDocument>;

export type Lenient<T> = T extends readonly (infer Item)[]
  ? readonly (Lenient<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Lenient<T[Key]> | undefined }
    : T;
