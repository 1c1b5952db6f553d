import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import type { Page, Receipt, Resource } from '../../../shared/http/answer';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { DirectoryQueries } from '../application/directory.queries';
import { DirectoryService } from '../application/directory.service';
import { ChangeProviderDto, ListProviderDto, ProviderView, ProvidersQuery } from './provider.dto';

@ApiTags('Network: directory')
@Controller({ path: 'providers', version: '1' })
export class ProviderController {
  constructor(
    private readonly directory: DirectoryService,
    private readonly queries: DirectoryQueries,
  ) {}

  @Post()
  @Operation({
    id: 'addProvider',
    summary: 'Put a provider into the directory',
    description:
      'An organisation or informal help. A provider of the same name is pointed out by the warning `provider-name-known`.',
    rules: ['NET-1'],
    scope: 'directory:write',
    creates: 'providers',
  })
  add(@Body() body: ListProviderDto): Promise<Receipt> {
    return this.directory.addProvider(body);
  }

  @Get()
  @Operation({
    id: 'listProviders',
    summary: 'Providers in the order of their names',
    rules: ['NET-1'],
    scope: 'directory:read',
    lists: ProviderView,
  })
  all(@Query() { informal, ...query }: ProvidersQuery): Promise<Page> {
    return this.queries.providers({ ...query, ...(informal ? { informal: informal === 'true' } : {}) });
  }

  @Get(':id')
  @Operation({
    id: 'getProvider',
    summary: 'A provider',
    rules: ['NET-1'],
    scope: 'directory:read',
    answers: ProviderView,
  })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<Resource> {
    return this.queries.provider(id);
  }

  @Patch(':id')
  @Operation({
    id: 'changeProvider',
    summary: 'Keep the entry of a provider true',
    description: 'A merge patch (RFC 7396): what is absent stays, null empties, lists are replaced as a whole.',
    rules: ['NET-1'],
    scope: 'directory:write',
    changes: true,
  })
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() body: ChangeProviderDto,
  ): Promise<Receipt> {
    return this.directory.changeProvider(id, expected, body);
  }
}
