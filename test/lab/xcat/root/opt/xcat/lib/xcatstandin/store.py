"""Reading and writing the tables in SQLite, PostgreSQL or MariaDB."""

import os

from .schema import TABLES

CONNECT_TIMEOUT = 5


class StoreDown(Exception):
    """The database does not answer."""


class StoreRefused(Exception):
    """The database answers and refuses what was asked, such as to create a table."""


class Store:
    """What all engines share: rows are dictionaries, an empty value is the absence of one."""

    placeholder = "%s"
    identifier_quote = '"'
    key_type = "VARCHAR(128)"

    def create_tables(self):
        for table in TABLES.values():
            columns = [
                f"{self._name(column)} {self.key_type if column in table.keys else 'TEXT'}"
                for column in table.columns
            ]
            keys = ", ".join(self._name(key) for key in table.keys)
            self._write(
                table.name,
                [
                    (
                        f"CREATE TABLE IF NOT EXISTS {self._name(table.name)} "
                        f"({', '.join(columns)}, PRIMARY KEY ({keys}))",
                        [],
                    )
                ],
            )

    def rows(self, table):
        columns = TABLES[table].columns
        names = ", ".join(self._name(column) for column in columns)
        found = self._read(table, f"SELECT {names} FROM {self._name(table)}", [])
        return [
            {column: value for column, value in zip(columns, row) if value not in (None, "")}
            for row in found
        ]

    def write(self, table, where, values):
        """Set the values in the row that `where` names, which is made if it is not there."""
        condition, parameters = self._condition(where)
        if self._read(table, f"SELECT 1 FROM {self._name(table)} WHERE {condition}", parameters):
            changes = ", ".join(f"{self._name(name)} = {self.placeholder}" for name in values)
            if changes:
                statement = f"UPDATE {self._name(table)} SET {changes} WHERE {condition}"
                self._write(table, [(statement, [value or None for value in values.values()] + parameters)])
        else:
            self._write(table, [self._insertion(table, {**where, **values})])

    def delete(self, table, where):
        condition, parameters = self._condition(where)
        self._write(table, [(f"DELETE FROM {self._name(table)} WHERE {condition}", parameters)])

    def replace(self, table, rows):
        """Give the table these rows and no others."""
        statements = [(f"DELETE FROM {self._name(table)}", [])]
        statements += [self._insertion(table, row) for row in rows]
        self._write(table, statements)

    def site(self):
        """The site table as a dictionary."""
        return {row["key"]: row.get("value", "") for row in self.rows("site")}

    def _insertion(self, table, row):
        complete = {**{key: "" for key in TABLES[table].keys}, **row}
        names = ", ".join(self._name(name) for name in complete)
        marks = ", ".join([self.placeholder] * len(complete))
        return f"INSERT INTO {self._name(table)} ({names}) VALUES ({marks})", list(complete.values())

    def _condition(self, where):
        tests = [f"{self._name(name)} = {self.placeholder}" for name in where]
        return " AND ".join(tests), list(where.values())

    def _name(self, identifier):
        return self.identifier_quote + identifier + self.identifier_quote

    def _read(self, table, statement, parameters):
        raise NotImplementedError

    def _write(self, table, statements):
        raise NotImplementedError

    def hold(self):
        """Something to keep for as long as this process is to have the tables open."""
        raise NotImplementedError

    def answers(self):
        """Whether the database still answers on this connection."""
        raise NotImplementedError


class SqliteStore(Store):
    """One file per table in /etc/xcat, readable by root alone."""

    placeholder = "?"
    key_type = "TEXT"

    def __init__(self, directory):
        import sqlite3

        self._engine = sqlite3
        self._directory = directory
        self._connections = {}

    def _connection(self, table):
        if table not in self._connections:
            os.makedirs(self._directory, exist_ok=True)
            mask = os.umask(0o077)
            try:
                self._connections[table] = self._engine.connect(self._path(table), timeout=10)
            except self._engine.OperationalError as error:
                raise StoreDown(str(error)) from error
            finally:
                os.umask(mask)
        return self._connections[table]

    def _path(self, table):
        return os.path.join(self._directory, table + ".sqlite")

    def _read(self, table, statement, parameters):
        try:
            return self._connection(table).execute(statement, parameters).fetchall()
        except self._engine.OperationalError as error:
            raise StoreRefused(str(error)) from error

    def _write(self, table, statements):
        try:
            with self._connection(table) as connection:
                for statement, parameters in statements:
                    connection.execute(statement, parameters)
        except self._engine.OperationalError as error:
            raise StoreRefused(str(error)) from error

    def hold(self):
        return [open(self._path(table), "rb") for table in TABLES]

    def answers(self):
        return True


class ServerStore(Store):
    """A database reached by TCP at the address in cfgloc."""

    def __init__(self, connect, errors):
        self._errors = errors
        try:
            self._connection = connect()
        except errors.Error as error:
            raise StoreDown(str(error).strip()) from error

    def _perform(self, statements, fetch):
        cursor = self._connection.cursor()
        try:
            for statement, parameters in statements:
                cursor.execute(statement, parameters)
            found = cursor.fetchall() if fetch else []
            self._connection.commit()
            return found
        except (self._errors.OperationalError, self._errors.InterfaceError) as error:
            raise StoreDown(str(error).strip()) from error
        except self._errors.Error as error:
            raise StoreRefused(str(error).strip()) from error

    def _read(self, table, statement, parameters):
        return self._perform([(statement, parameters)], fetch=True)

    def _write(self, table, statements):
        self._perform(statements, fetch=False)

    def hold(self):
        return self

    def answers(self):
        try:
            self._perform([("SELECT 1", [])], fetch=True)
            return True
        except StoreDown:
            return False


class PostgresStore(ServerStore):
    def __init__(self, location):
        import psycopg2

        super().__init__(
            lambda: psycopg2.connect(
                dbname=location.dbname,
                host=location.host,
                user=location.user,
                password=location.password,
                connect_timeout=CONNECT_TIMEOUT,
            ),
            psycopg2,
        )


class MysqlStore(ServerStore):
    identifier_quote = "`"

    def __init__(self, location):
        import pymysql

        super().__init__(
            lambda: pymysql.connect(
                database=location.dbname,
                host=location.host,
                user=location.user,
                password=location.password,
                connect_timeout=CONNECT_TIMEOUT,
            ),
            pymysql,
        )


def connect(location):
    """A store at a location; raises StoreDown if nobody answers there."""
    if location.engine == "SQLite":
        return SqliteStore(location.directory)
    if location.engine == "Pg":
        return PostgresStore(location)
    return MysqlStore(location)


def connect_and_create(location):
    """A store at a location, with its tables made if they are missing."""
    store = connect(location)
    store.create_tables()
    return store
