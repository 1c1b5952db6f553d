import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { Operation, OptionalIfMatch } from '../../../../shared/http/operation';
import { StaffQueries } from '../../application/staff/staff.queries';
import { StaffService } from '../../application/staff/staff.service';
import { ListStaffQuery, PutStaffDto, StaffView } from './staff.dto';

@ApiTags('Staff')
@Controller({ path: 'staff', version: '1' })
export class StaffController {
  constructor(
    private readonly staff: StaffService,
    private readonly queries: StaffQueries,
  ) {}

  @Put(':subject')
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag you last saw, or *, to change the record. Without it a new record is made; 412 when there is one already',
    schema: { type: 'string', minLength: 1, maxLength: 20, pattern: '^(\\*|"\\d+")$', example: '"3"' },
  })
  @Operation({
    id: 'putStaff',
    summary: 'Record a member of staff',
    description:
      'Made new without If-Match, replaced with it. The caseload limit counts weighted cases; going over it later needs the team lead’s reason. Team leads keep the records of their own teams.',
    rules: ['CASE-7', 'QA-8'],
    scope: 'case:assign',
  })
  put(@Param('subject') subject: string, @Body() body: PutStaffDto, @OptionalIfMatch() expected: Expected | null) {
    const { displayName, team, caseloadLimit, qualification: q } = body;
    const qualification = q
      ? { title: q.title, validUntil: q.validUntil ?? null, lastTrainingOn: q.lastTrainingOn ?? null }
      : null;
    return this.staff.put(
      subject,
      { displayName, team: team ?? null, caseloadLimit: caseloadLimit ?? null, qualification },
      expected,
    );
  }

  @Get(':subject')
  @Operation({
    id: 'getStaff',
    summary: 'A member of staff',
    rules: ['CASE-7'],
    scope: 'staff:read',
    answers: StaffView,
  })
  get(@Param('subject') subject: string) {
    return this.queries.get(subject);
  }

  @Get()
  @Operation({ id: 'listStaff', summary: 'Members of staff', rules: ['CASE-7'], scope: 'staff:read', lists: StaffView })
  list(@Query() query: ListStaffQuery) {
    return this.queries.list(query);
  }
}
