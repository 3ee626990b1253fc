/** NestJS on Express, one named statement on pg, no authentication, no count: the least that a list of 20 executions costs. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { EXECUTION_COLUMNS } from '#persistence/executions/execution-row.js';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const LIST = { name: 'list', text: `select ${EXECUTION_COLUMNS.join(', ')} from execution order by sort_at desc, id desc limit 20` };

class ListController {
  async list() {
    return { executions: (await pool.query(LIST)).rows };
  }
}
Controller('list')(ListController);
Get()(ListController.prototype, 'list', Object.getOwnPropertyDescriptor(ListController.prototype, 'list'));

class AppModule {}
Module({ controllers: [ListController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
process.send({ type: 'ready' });
process.once('disconnect', () => process.exit(0));
