import { Module } from '@nestjs/common';
import { DirectoryQueries } from './application/directory.queries';
import { DirectoryService } from './application/directory.service';
import { NetworkReader } from './application/network.reader';
import { ProviderRepository } from './application/provider.repository';
import { ServiceRepository } from './application/service.repository';
import { ProviderController } from './http/provider.controller';
import { ServiceController } from './http/service.controller';
import { networkData } from './personal-data';

/** DGCC CM 7: the network of help in the region. */
@Module({
  controllers: [ProviderController, ServiceController],
  providers: [
    networkData.provider,
    ProviderRepository,
    ServiceRepository,
    DirectoryService,
    DirectoryQueries,
    NetworkReader,
  ],
  exports: [NetworkReader],
})
export class NetworkModule {}
