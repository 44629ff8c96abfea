import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PROBLEMS, type ProblemCode } from '#libs/problems';
import { Public } from '../auth/index.js';
import { ProblemKindDto } from './problems.dto.js';
import { notFound } from './refusal.js';

/** The catalogue of refusals, for people who follow the `type` of an answer. */
@ApiTags('problems')
@Public()
@Controller('problems')
export class ProblemsController {
  /** Every refusal this service can give. */
  @Get()
  list(): ProblemKindDto[] {
    return (Object.keys(PROBLEMS) as ProblemCode[]).map(kindOf);
  }

  /** One refusal by its code. */
  @Get(':code')
  show(@Param('code') code: string): ProblemKindDto {
    if (!Object.hasOwn(PROBLEMS, code)) throw notFound();
    return kindOf(code as ProblemCode);
  }
}

function kindOf(code: ProblemCode): ProblemKindDto {
  const { status, title, change } = PROBLEMS[code];
  return { code, status, title, change };
}
