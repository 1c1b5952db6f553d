import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { GuestPartsQueries } from '../../application/steering/guest-parts.queries';
import { JointSteeringQueries } from '../../application/steering/joint-steering.queries';
import { SteeringInvitationService } from '../../application/steering/steering-invitation.service';
import {
  AcceptSteeringDto,
  GuestIdentityView,
  GuestNoteView,
  RecallSteeringDto,
  SteeringInvitationRow,
  SteeringInvitationView,
  SteeringReadersDto,
  WriteGuestNoteDto,
} from './joint-steering.dto';

const LIVE =
  'It is read live and never copied; release, time and readers are checked with every reading, and without them the answer is 404. Every reading is in the access log of both organisations.';
const Id = () => Param('id', ParseUUIDPipe);

/** The guest's side of joint steering: what other organisations invited yours to. */
@ApiTags('joint steering')
@Controller({ path: 'steering-invitations', version: '1' })
export class SteeringInvitationController {
  constructor(
    private readonly invitations: SteeringInvitationService,
    private readonly queries: JointSteeringQueries,
    private readonly parts: GuestPartsQueries,
  ) {}

  @Get()
  @Operation({
    id: 'listSteeringInvitations',
    summary: 'What other organisations have invited yours to',
    rules: ['CASE-11'],
    scope: 'steering:read',
    lists: SteeringInvitationRow,
  })
  list(@Query() query: PageQuery) {
    return this.queries.invitations(query);
  }

  @Get(':id')
  @Operation({
    id: 'getSteeringInvitation',
    summary: 'One invitation, with what for',
    rules: ['CASE-11'],
    scope: 'steering:read',
    answers: SteeringInvitationView,
  })
  get(@Id() id: string) {
    return this.queries.invitation(id);
  }

  @Post(':id/acceptance')
  @Operation({
    id: 'acceptSteering',
    summary: 'Accept and name who of your staff reads',
    description:
      'From now on the parts are open to the readers, and the disclosure register of the case says so. The release is asked for again.',
    rules: ['CASE-11', 'CONS-3', 'CONS-5'],
    scope: 'steering:write',
    changes: true,
  })
  accept(@Id() id: string, @Body() { readers }: AcceptSteeringDto, @IfMatch() expected: Expected) {
    return this.invitations.accept(id, readers, expected);
  }

  @Post(':id/decline')
  @Operation({
    id: 'declineSteering',
    summary: 'Decline with a reason',
    rules: ['CASE-11'],
    scope: 'steering:write',
    changes: true,
  })
  decline(@Id() id: string, @Body() { reason }: RecallSteeringDto, @IfMatch() expected: Expected) {
    return this.invitations.decline(id, reason, expected);
  }

  @Put(':id/readers')
  @Operation({
    id: 'nameSteeringReaders',
    summary: 'Name others of your staff as readers',
    description: 'Whoever is left out reads nothing more at once.',
    rules: ['CASE-11'],
    scope: 'steering:write',
    changes: true,
  })
  nameReaders(@Id() id: string, @Body() { readers }: SteeringReadersDto, @IfMatch() expected: Expected) {
    return this.invitations.nameReaders(id, readers, expected);
  }

  @Post(':id/ending')
  @Operation({
    id: 'leaveSteering',
    summary: 'Step out of the joint steering',
    rules: ['CASE-11'],
    scope: 'steering:write',
    changes: true,
  })
  leave(@Id() id: string, @Body() { reason }: RecallSteeringDto, @IfMatch() expected: Expected) {
    return this.invitations.leave(id, reason, expected);
  }

  @Get(':id/identity')
  @Operation({
    id: 'getGuestIdentity',
    summary: 'Who the case is about',
    description: `Name, birth date and languages of the client, where the part identity is open. ${LIVE}`,
    rules: ['CASE-11', 'CONS-2', 'CONS-3'],
    scope: 'steering:read',
    answers: GuestIdentityView,
  })
  identity(@Id() id: string) {
    return this.parts.identity(id);
  }

  @Get(':id/notes')
  @Operation({
    id: 'listGuestNotes',
    summary: 'Journal entries that are open to you, latest first',
    description: `Those shared with the client or marked for joint steering, without who took part, time and cost. ${LIVE}`,
    rules: ['CASE-8', 'CASE-11', 'CONS-2', 'CONS-3'],
    scope: 'steering:read',
    lists: GuestNoteView,
  })
  notes(@Id() id: string, @Query() query: PageQuery) {
    return this.parts.notes(id, query);
  }

  @Post(':id/notes')
  @Operation({
    id: 'writeGuestNote',
    summary: 'Write into the journal of the case you are invited to',
    description:
      'By your name and organisation; read by the owner and by everybody who steers the case jointly and was given the notes. Only the owner can correct it, and only there the address in Location is read.',
    rules: ['CASE-8', 'CASE-11'],
    scope: 'steering:write',
    creates: 'journal-entries',
  })
  write(@Id() id: string, @Body() body: WriteGuestNoteDto) {
    const content = { ...body, participants: [], costCents: 0, sharedWithClient: false, sharedInSteering: true };
    return this.invitations.writeNote(id, content);
  }
}
