import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../shared/http/operation';
import { InstrumentQueries } from '../application/instrument.queries';
import { InstrumentRow, InstrumentView } from './instrument.views';

@ApiTags('assessment')
@Controller({ path: 'instruments', version: '1' })
export class InstrumentController {
  constructor(private readonly instruments: InstrumentQueries) {}

  @Get()
  @Operation({
    id: 'listInstruments',
    summary: 'The assessment instruments',
    rules: ['ASMT-1'],
    scope: 'assessment:read',
    lists: InstrumentRow,
  })
  list() {
    return this.instruments.list();
  }

  @Get(':code')
  @Operation({
    id: 'getInstrument',
    summary: 'An instrument with its questions, steps and scoring rules, in every language it has',
    rules: ['ASMT-1'],
    scope: 'assessment:read',
    answers: InstrumentView,
  })
  byCode(@Param('code') code: string) {
    return this.instruments.byCode(code);
  }
}
