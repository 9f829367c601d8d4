import type { Pool, Submittable } from 'pg';

/** A statement of every request, prepared once on each connection under its name. The name belongs to one text for ever. */
export interface HotStatement {
  name: string;
  text: string;
}

/** A parameter in PostgreSQL's own text, or bytes; and a column of a row in the same text. */
export type Parameter = string | Buffer | null;
export type Column = string | null;

/** What the driver keeps of a connection, as far as a statement has to know it. */
interface DriverConnection {
  stream: { cork(): void; uncork(): void };
  /** Name → text of what this connection has prepared; the driver writes it when the server says so. */
  parsedStatements: Readonly<Record<string, string | undefined>>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly Parameter[] }): void;
  execute(): void;
  sync(): void;
}

/**
 * One run of a hot statement. The driver's own query asks the server to describe the columns on every run and makes a parser
 * for each of them; our own statements know their columns. A class because
 * the driver calls back on the object that it was handed, one for each run.
 */
class Run implements Submittable {
  readonly name: string;
  readonly text: string;
  /** Set by the pool. */
  callback: ((error: Error | undefined, rows?: Column[][]) => void) | undefined;
  private readonly values: readonly Parameter[];
  private readonly rows: Column[][] = [];

  constructor({ name, text }: HotStatement, values: readonly Parameter[]) {
    this.name = name;
    this.text = text;
    this.values = values;
    this.callback = undefined;
  }

  submit(driver: unknown): void {
    const connection = driver as DriverConnection;
    connection.stream.cork();
    try {
      if (connection.parsedStatements[this.name] === undefined) connection.parse(this);
      connection.bind({ statement: this.name, values: this.values });
      connection.execute();
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: Column[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback?.(undefined, this.rows);
  }

  handleError(error: Error): void {
    this.callback?.(error);
  }
}

/** The rows of a hot statement, each a list of its columns in their order. One round trip. */
export function runHot(
  pool: Pool,
  statement: HotStatement,
  values: readonly Parameter[],
): Promise<Column[][]> {
  // The declared type is that of a client, which hands the object back; a pool promises what the object's callback is told.
  return pool.query(new Run(statement, values)) as unknown as Promise<Column[][]>;
}
