/** What `lsxcatd -d` calls each database (measured on xCAT 2.19). */
export const dbengines = { postgresql: "Pg", mariadb: "mysql", sqlite: "SQLite" } as const;
