"""Port Photos, by Pillow: the copies of a photo that others may see, with the picture in them and nothing else."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from stadtdraht.domain.media.media import MediaFailure, MediaRefused, PhotoCopies

LARGEST_PIXELS = 64_000_000  # what phones take today; 256 MB unpacked, within the function's memory
SHOWN_PX = 2560  # longest side: enough for a house number in the background
THUMBNAIL_PX = 320
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85


class PillowPhotos:
    """Decoded and written anew: no EXIF, no place, no preview, nothing behind the picture's end."""

    def copies(self, content: bytes) -> PhotoCopies:
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
                _check(photo)
                upright = _on_white(ImageOps.exif_transpose(photo))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as why:
            raise MediaRefused(MediaFailure.TOO_MANY_PIXELS) from why
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError) as why:
            raise MediaRefused(MediaFailure.UNREADABLE) from why
        return PhotoCopies(_jpeg(upright, SHOWN_PX), _jpeg(upright, THUMBNAIL_PX))


def _check(photo: Image.Image) -> None:
    """By the head of the file, before anything is unpacked. A phone's MPO is a photo with a second one for depth."""
    if photo.width * photo.height > LARGEST_PIXELS:
        raise MediaRefused(MediaFailure.TOO_MANY_PIXELS)
    if getattr(photo, "n_frames", 1) > 1 and photo.format != "MPO":
        raise MediaRefused(MediaFailure.ANIMATED)


def _on_white(photo: Image.Image) -> Image.Image:
    """As RGB; what is see-through becomes white."""
    if photo.mode in {"RGBA", "LA", "PA"} or "transparency" in photo.info:
        layer = photo.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return photo.convert("RGB")


def _jpeg(photo: Image.Image, longest_px: int) -> bytes:
    bare = Image.new("RGB", photo.size)
    bare.paste(photo)  # pixels only: a copy would take the notes of the original along
    bare.thumbnail((longest_px, longest_px))
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
