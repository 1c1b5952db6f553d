import { Body, Controller, Get, Module, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { v7 as uuidv7 } from 'uuid';
import { context } from '../../src/shared/context';
import { Parameters, UnitOfWork } from '../../src/shared/database/unit-of-work';
import type { Expected } from '../../src/shared/database/aggregate-repository';
import { NotFound, Stale, refusals } from '../../src/shared/domain/errors';
import { type Page, Receipt, Resource } from '../../src/shared/http/answer';
import {
  Answers,
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  Num,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
  UuidList,
} from '../../src/shared/http/fields';
import { IfMatch, Operation } from '../../src/shared/http/operation';
import { PageQuery, Pages } from '../../src/shared/http/page';

const SIZES = ['small', 'large'] as const;
const rules = refusals({
  'test-box-full': {
    title: { en: 'The box is full', de: 'Die Kiste ist voll' },
    detail: { en: 'Take another one.', de: 'Nehmen Sie eine andere.' },
  },
  'test-box-locked': {
    title: { en: 'The box is locked', de: 'Die Kiste ist verschlossen' },
    detail: { en: 'Open it first.', de: 'Öffnen Sie sie zuerst.' },
  },
});

class BoxPart {
  @Text({ max: 50 }) name: string;
  @Int({ min: 0, max: 10 }) count: number;
  @Num({ min: 0, max: 1 }) share: number;
}
class BoxMark {
  @Text({ max: 20 }) colour: string;
}
class NewBox {
  @Text({ max: 100 }) title: string;
  @OneOf(SIZES) size: string;
  @LongText({ optional: true }) note?: string;
  @IsoDate({ optional: true }) packedOn?: string;
  @Instant({ optional: true }) sealedAt?: string;
  @Uuid({ optional: true, nullable: true }) shelfId?: string | null;
  @Bool({ optional: true }) fragile?: boolean;
  @TextList({ optional: true, max: 5, unique: true }) labels?: string[];
  @UuidList({ optional: true, max: 5 }) ownerIds?: string[];
  @SomeOf(['red', 'blue'], { optional: true }) colours?: string[];
  @Nested(() => BoxMark, { optional: true }) mark?: BoxMark;
  @NestedList(() => BoxPart, { optional: true, max: 20 }) parts?: BoxPart[];
  @Answers({ optional: true }) answers?: Record<string, unknown>;
}
class BoxChange {
  @Text({ max: 100 }) title: string;
}
class BoxView {
  @Uuid() id: string;
  @Int({ min: 1, max: 1_000_000 }) version: number;
  @Text({ max: 100 }) title: string;
  @OneOf(SIZES) size: string;
}
class BoxQuery extends PageQuery {
  @Bool({ optional: true, description: 'Read from two overlapping sources' }) merged?: boolean;
  @OneOf(SIZES, { optional: true }) size?: string;
  @Text({ optional: true, max: 100 }) title?: string;
}

/** The table of the boxes; run as superuser. */
export const BOX_TABLE = `
  create schema if not exists test;
  grant usage on schema test to lotse_app;
  create table test.box (tenant_id uuid not null, id uuid not null, version int not null, title text not null, size text not null,
    content jsonb not null, made_at timestamptz(3) not null default now(), primary key (tenant_id, id));
  select platform.protect('test.box', 'select, insert, update');`;

const JSON_OF_BOX = `json_build_object('id', b.id, 'version', b.version, 'title', b.title, 'size', b.size)`;

/** A resource with every manner the API has, for tests of the common ground. */
@ApiTags('Boxes')
@Controller({ path: 'test-boxes', version: '1' })
class BoxController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  @Post()
  @Operation({ id: 'makeBox', summary: 'Make a box', scope: 'request:write', creates: 'test-boxes' })
  make(@Body() box: NewBox): Promise<Receipt> {
    if (box.title === 'full') throw rules.broken('test-box-full', { unmet: ['test-box-locked'], boxes: 3 });
    return this.uow.run(async () => {
      const id = uuidv7();
      this.uow.write({
        sql: (add) => `insert into test.box (tenant_id, id, version, title, size, content)
          values (${add(context().tenantId)}, ${add(id)}, 1, ${add(box.title)}, ${add(box.size)}, ${add(JSON.stringify(box))})`,
      });
      return Object.assign(new Receipt(), { id, version: 1, warnings: [] });
    });
  }

  @Patch(':id')
  @Operation({ id: 'renameBox', summary: 'Rename a box', scope: 'request:write', changes: true })
  rename(@Param('id', ParseUUIDPipe) id: string, @Body() { title }: BoxChange, @IfMatch() expected: Expected) {
    return this.uow.run(async () => {
      const tenant = context().tenantId;
      const [box] = await this.uow.query<{ version: number }>(
        'select version from test.box where tenant_id = $1 and id = $2',
        [tenant, id],
      );
      if (!box) throw new NotFound('box', id);
      if (expected !== '*' && expected !== box.version) throw new Stale('box');
      this.uow.write({
        guarded: 'box',
        sql: (add) => `update test.box set title = ${add(title)}, version = version + 1
          where tenant_id = ${add(tenant)} and id = ${add(id)} and version = ${add(box.version)} returning 1`,
      });
      return Object.assign(new Receipt(), { id, version: box.version + 1, warnings: [] });
    });
  }

  @Get()
  @Operation({ id: 'listBoxes', summary: 'List boxes', scope: 'request:read', lists: BoxView })
  list(@Query() query: BoxQuery): Promise<Page> {
    const p = new Parameters();
    const where = [`b.tenant_id = ${p.add(context().tenantId)}`];
    if (query.size) where.push(`b.size = ${p.add(query.size)}`);
    if (query.title) where.push(`b.title = ${p.add(query.title)}`);
    return this.pages.read(
      {
        row: JSON_OF_BOX,
        // The boxes of the second half of the alphabet of ids are in both.
        sources: query.merged
          ? ["b.id >= '80000000-0000-0000-0000-000000000000'", 'true'].map(
              (part) => `from test.box b where ${[...where, part].join(' and ')}`,
            )
          : [`from test.box b where ${where.join(' and ')}`],
        alias: 'b',
        keys: [
          { column: 'b.made_at', type: 'timestamptz' },
          { column: 'b.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'boxes', size: query.size, title: query.title, merged: query.merged },
        subject: { type: 'box', id: 'b.id' },
      },
      query,
      p,
    );
  }

  @Get(':id')
  @Operation({ id: 'readBox', summary: 'Read a box', scope: 'request:read', answers: BoxView })
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<Resource> {
    const [row] = await this.uow.query<{ json: string; version: number }>(
      `select ${JSON_OF_BOX}::text as json, b.version from test.box b where b.tenant_id = $1 and b.id = $2`,
      [context().tenantId, id],
    );
    if (!row) throw new NotFound('box', id);
    return new Resource(row.json, row.version, { resourceType: 'box', resourceIds: [id], caseId: null });
  }
}

@Module({ controllers: [BoxController] })
export class BoxesModule {}
