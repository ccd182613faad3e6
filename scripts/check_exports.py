"""Checks exports with stix2-validator, PyMISP and followthemoney. Called by scripts/check_exports."""

import json
import sys
from pathlib import Path


def check_stix(path):
    """Every rule of the specification; of its advice, only what a deterministic id must break."""
    from stix2validator import ValidationOptions, validate_file

    options = ValidationOptions(version="2.1", enforce_refs=True)
    result = validate_file(str(path), options)
    if not result.is_valid:
        yield json.dumps(result.as_dict())
    bundle = json.loads(path.read_text("utf-8"))
    markings = {one["id"] for one in bundle["objects"] if one["type"] == "marking-definition"}
    unmarked = {"marking-definition", "extension-definition"}
    for one in bundle["objects"]:
        if one["type"] in unmarked or one.get("name") == "Havenmeester":
            continue
        if not markings & set(one.get("object_marking_refs", [])):
            yield f"{one['id']} carries no TLP marking"


def check_misp(path):
    """PyMISP takes the event with every attribute, and writes it again with the same values."""
    from pymisp import MISPEvent

    source = json.loads(path.read_text("utf-8"))["Event"]
    event = MISPEvent()
    event.load_file(str(path))
    written = json.loads(event.to_json())

    def values(one):
        return sorted(
            (attribute["object_relation"], attribute["type"], attribute["value"])
            for thing in one["Object"]
            for attribute in thing["Attribute"]
        )

    if values(written) != values(source):
        yield "PyMISP does not give the same attributes back"
    if not any(tag.name.startswith("tlp:") for tag in event.tags):
        yield "the event carries no TLP tag"
    known = event.describe_types
    for thing in source["Object"]:
        for attribute in thing["Attribute"]:
            if attribute["type"] not in known["category_type_mappings"][attribute["category"]]:
                yield f"{attribute['type']} may not stand in {attribute['category']}"


def check_ftm(path):
    """Every entity is valid in the model, and every value survives its cleaning."""
    from followthemoney import model
    from followthemoney.exc import FollowTheMoneyException
    from followthemoney.proxy import EntityProxy
    from followthemoney.types import registry

    seen, referred = set(), []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        data = json.loads(line)
        seen.add(data["id"])
        try:
            entity = EntityProxy.from_dict(data)
            model.get(data["schema"]).validate(data)
        except FollowTheMoneyException as error:
            yield f"line {number}: {getattr(error, 'errors', None) or error}"
            continue
        for prop, value in entity.itervalues():
            if prop.type == registry.entity:
                referred.append((number, prop.name, value))
            elif prop.type.clean(value) is None:
                yield f"line {number}: {prop.name} does not take {value!r}"
        given = sum(len(values) for values in data["properties"].values())
        if given != sum(1 for _ in entity.itervalues()):
            yield f"line {number}: the model has no place for some property"
    for number, name, value in referred:
        if value not in seen:
            yield f"line {number}: {name} refers to {value}, which is not in the file"


CHECKS = {"sample.stix.json": check_stix, "sample.misp.json": check_misp, "sample.ftm.json": check_ftm}


def main(folder):
    failed = 0
    for name, check in CHECKS.items():
        path = Path(folder) / name
        if not path.exists():
            problems = ["the tests did not write it"]
        else:
            problems = list(check(path))
        print(f"{name}: {'valid' if not problems else 'NOT valid'}")
        for problem in problems:
            print(f"  {problem}")
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
