/** The public read face of the network module. */
export { NetworkModule } from './network.module';
export { NetworkReader, type ProviderFacts, type ServiceFacts } from './application/network.reader';
