import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import type { Page, Receipt, Resource } from '../../../shared/http/answer';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { DirectoryQueries } from '../application/directory.queries';
import { DirectoryService } from '../application/directory.service';
import { ChangeServiceDto, ConfirmCapacityDto, ListServiceDto, ServiceView, ServicesQuery } from './service.dto';

@ApiTags('Network: directory')
@Controller({ path: 'services', version: '1' })
export class ServiceController {
  constructor(
    private readonly directory: DirectoryService,
    private readonly queries: DirectoryQueries,
  ) {}

  @Post()
  @Operation({
    id: 'addService',
    summary: 'List a service of a provider',
    rules: ['NET-1'],
    scope: 'directory:write',
    creates: 'services',
  })
  add(@Body() body: ListServiceDto): Promise<Receipt> {
    return this.directory.addService(body);
  }

  @Get()
  @Operation({
    id: 'searchServices',
    summary: 'Search services by problem area, region, words and language',
    description:
      'All filters must fit. Services come in the order of their names; only active ones unless a status is given.',
    rules: ['NET-1'],
    scope: 'directory:read',
    lists: ServiceView,
  })
  search(@Query() { informal, ...query }: ServicesQuery): Promise<Page> {
    return this.queries.services({ ...query, ...(informal ? { informal: informal === 'true' } : {}) });
  }

  @Get(':id')
  @Operation({
    id: 'getService',
    summary: 'A service',
    rules: ['NET-1'],
    scope: 'directory:read',
    answers: ServiceView,
  })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<Resource> {
    return this.queries.service(id);
  }

  @Patch(':id')
  @Operation({
    id: 'changeService',
    summary: 'Keep the entry of a service true',
    description:
      'A merge patch (RFC 7396): what is absent stays, null empties, lists are replaced as a whole. Capacity is changed by confirmation only.',
    rules: ['NET-1'],
    scope: 'directory:write',
    changes: true,
  })
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() body: ChangeServiceDto,
  ): Promise<Receipt> {
    return this.directory.changeService(id, expected, body);
  }

  @Post(':id/confirmation')
  @Operation({
    id: 'confirmService',
    summary: 'Confirm free places and waiting time as of today',
    description:
      'Entries not confirmed within 90 days are shown as `stale`. Refused for a service that no longer exists (`service-defunct`).',
    rules: ['NET-1'],
    scope: 'directory:write',
    changes: true,
  })
  confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() body: ConfirmCapacityDto,
  ): Promise<Receipt> {
    return this.directory.confirmService(id, expected, body);
  }
}
