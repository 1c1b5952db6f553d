import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { TenantPool } from './tenant-pool';

const root = join(__dirname, '../../..');

/** The role a connection acts in: `lotse_app` serves requests under row-level security, `lotse_relay` may read all events. */
export type DatabaseRole = 'lotse_app' | 'lotse_relay';

/**
 * Makes every statement of a connection run in `role`, from its first one on; days are written as ISO 8601 however the
 * server is set, and no statement is worth being compiled.
 */
export const asRole = (role: DatabaseRole | 'lotse_owner') => ({
  options: `-c role=${role} -c datestyle=ISO -c jit=off`,
});

/** How the application reaches its database. */
export const dataSourceOptions = (url: string, poolSize = 10): DataSourceOptions => ({
  type: 'postgres',
  url,
  driver: { ...pg, Pool: TenantPool, native: undefined },
  extra: { ...asRole('lotse_app'), max: poolSize, allowExitOnIdle: false, application_name: 'lotse' },
  entities: [join(root, 'src/modules/*/domain/**/*.entity.{ts,js}')],
  installExtensions: false,
  synchronize: false,
});

/** The pool beneath TypeORM, for reads and for the one statement a unit of work ends in. */
export const poolOf = (dataSource: DataSource): pg.Pool => (dataSource.driver as PostgresDriver).master as pg.Pool;
