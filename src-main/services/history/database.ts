import { EncryptedDatabase, type DatabaseOptions } from '../database.ts'

const migrations: readonly string[] = [
  `CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sum INTEGER NOT NULL);
   CREATE TABLE hot (id INTEGER PRIMARY KEY, block INTEGER NOT NULL, body BLOB NOT NULL);
   CREATE TABLE segment (
     resolution INTEGER NOT NULL, fromMs INTEGER NOT NULL, places BLOB NOT NULL, body BLOB NOT NULL,
     PRIMARY KEY (resolution, fromMs)
   );
   CREATE TABLE unwatched (fromMs INTEGER NOT NULL, toMs INTEGER NOT NULL, reason TEXT NOT NULL, sum INTEGER NOT NULL);
   CREATE TABLE mark (atMs INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, sum INTEGER NOT NULL);
   CREATE TABLE dropped (resolution INTEGER PRIMARY KEY, untilMs INTEGER NOT NULL, sum INTEGER NOT NULL);`
]

export type HistoryDatabaseOptions = Omit<DatabaseOptions, 'migrations'>

/** The file of one server's history. Throws as `EncryptedDatabase` does. */
export class HistoryDatabase extends EncryptedDatabase {
  constructor(options: HistoryDatabaseOptions) {
    super({ ...options, migrations })
  }
}
