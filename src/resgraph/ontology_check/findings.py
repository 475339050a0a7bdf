"""What the check of the ontology found, for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the ontology, with what speaks against it."""

    name: str
    said: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class Findings:
    """The whole report."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def to_text(self) -> str:
        """A line for each check, and below it what was found."""
        lines: list[str] = []
        for check in self.checks:
            lines.append(f"{'passed' if check.passed else 'FAILED'}  {check.name}: {check.said}")
            lines += [f"        {finding.where}: {finding.what}" for finding in check.findings]
        faults = sum(len(check.findings) for check in self.checks)
        lines.append("The ontology is sound." if self.passed else f"{faults} faults.")
        return "\n".join(lines) + "\n"
