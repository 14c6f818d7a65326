"""Measures one untrusted file, in a process of its own (started by `probing`, never imported).

`python -I probe_child.py FILE DEMUXER LIMITS` prints one JSON object. It knows nothing of the
school: should libav crash or be taken over here, there is nothing to take. The file is opened
by the named demuxer only, may reach nothing but itself, and no playlist is ever followed.
"""

import itertools
import json
import statistics
import sys
from typing import Any

import av
from av.stream import Disposition

_FRAME_TRIES = 400  # packets read in search of the first picture


def main(path: str, demuxer: str, limits: dict[str, int]) -> dict[str, Any]:
    """The facts about the file, as `accepting.judge` and `probing` read them."""
    facts: dict[str, Any] = {"streams": 0, "picture": None, "sound": None, "duration": 0.0}
    try:
        with _opened(path, demuxer) as file:
            _read_header(file, facts)
            is_worth_it = _is_worth_reading(facts, limits)
            if is_worth_it:
                _read_packets(file, facts, limits)
        if is_worth_it and facts["picture"]:
            # Opened anew, since not every container can go back to its beginning.
            with _opened(path, demuxer) as file:
                _decode_first(file, facts)
    except (av.FFmpegError, ValueError, OSError, MemoryError) as error:
        facts["error"] = f"{type(error).__name__}: {error}"
    return facts


def _opened(path: str, demuxer: str) -> Any:
    options = {"protocol_whitelist": "file,pipe", "format_whitelist": demuxer, "max_streams": "200"}
    return av.open(path, format=demuxer, options=options, metadata_errors="ignore")


def _read_header(file: Any, facts: dict[str, Any]) -> None:
    facts["streams"] = len(file.streams)
    facts["duration"] = (file.duration or 0) / 1_000_000
    for stream in file.streams:
        if stream.type == "video" and not facts["picture"] and not _is_cover(stream):
            facts["picture"] = _picture(stream)
        elif stream.type == "audio" and not facts["sound"] and stream.codec_context is not None:
            facts["sound"] = {"index": stream.index, "codec": stream.codec_context.name}


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def _picture(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    shape = stream.sample_aspect_ratio
    return {
        "index": stream.index,
        "codec": context.name if context is not None else "unknown",
        "width": stream.width,
        "height": stream.height,
        "shape": [shape.numerator, shape.denominator] if shape else [1, 1],
        "transfer": int(getattr(context, "color_trc", 0) or 0),
        "rotation": 0,
        "is_decoded": False,
    }


def _is_worth_reading(facts: dict[str, Any], limits: dict[str, int]) -> bool:
    """Whether the header alone does not refuse the file; the parent says which limit it broke."""
    picture = facts["picture"] or {"width": 100, "height": 100}
    return (
        facts["streams"] <= limits["streams"]
        and facts["duration"] <= limits["duration_seconds"]
        and max(picture["width"], picture["height"]) <= limits["longest_side"]
        and min(picture["width"], picture["height"]) >= limits["shortest_side"]
        and picture["width"] * picture["height"] <= limits["pixels"]
        and bool(facts["picture"] or facts["sound"])
    )


def _read_packets(file: Any, facts: dict[str, Any], limits: dict[str, int]) -> None:
    """Walk over all packets: where the file really ends, and how evenly its pictures come."""
    wanted = [facts[kind]["index"] for kind in ("picture", "sound") if facts[kind]]
    start, end, times, count = None, 0.0, [], 0
    for packet in file.demux([file.streams[index] for index in wanted]):
        if packet.pts is None or packet.is_discard:
            continue
        count += 1
        if count > limits["packets"]:
            facts["error"] = "too many packets"
            break
        at = float(packet.pts * packet.time_base)
        start = at if start is None else min(start, at)
        end = max(end, at + float((packet.duration or 0) * packet.time_base))
        if facts["picture"] and packet.stream.index == facts["picture"]["index"]:
            times.append(at)
    facts["ended"] = end - (start or 0.0)
    if facts["picture"]:
        stream = file.streams[facts["picture"]["index"]]
        facts["picture"].update(_pace(sorted(times), stream))


def _pace(times: list[float], stream: Any) -> dict[str, Any]:
    """The rate of the pictures, and whether it varies.

    A varying rate is told by its median: a phone that slows down in the dark still has 30 a
    second where things move.
    """
    gaps = [b - a for a, b in itertools.pairwise(times) if b > a]
    if not gaps:
        return {"pictures": len(times), "fps": [1, 1], "is_variable": False}
    middle = statistics.median(gaps)
    uneven = sum(abs(gap - middle) > 0.15 * middle + 0.0015 for gap in gaps)
    rate = stream.average_rate or stream.guessed_rate
    if uneven > 0.01 * len(gaps) or not rate or abs(float(rate) * middle - 1) > 0.05:
        return {
            "pictures": len(times),
            "fps": [max(1, round(1000 / middle)), 1000],
            "is_variable": uneven > 0.01 * len(gaps),
        }
    return {
        "pictures": len(times), "fps": [rate.numerator, rate.denominator], "is_variable": False,
    }


def _decode_first(file: Any, facts: dict[str, Any]) -> None:
    """One picture proves that the decoder takes the stream, and tells how the phone was held."""
    stream = file.streams[facts["picture"]["index"]]
    stream.thread_type = "NONE"
    for tried, packet in enumerate(file.demux(stream)):
        for frame in packet.decode():
            facts["picture"].update(
                is_decoded=True, rotation=round(frame.rotation / 90) * 90 % 360,
                width=frame.width, height=frame.height,
            )
            return
        if tried > _FRAME_TRIES:
            return


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
