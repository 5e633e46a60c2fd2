"""Stage 5: who holds which place, who backs whom, who is where, and what is disputed; drawn from statements alone."""

from mene.picture.belief import Grounds
from mene.picture.draw import draw_grounded, draw_picture, find_origins
from mene.picture.origins import OriginGroup, fold

__all__ = ["Grounds", "OriginGroup", "draw_grounded", "draw_picture", "find_origins", "fold"]
