package io.github.tfbit.cli.demo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The classes of the drawn set: what tells them apart is their outline and nothing else. */
enum Outline {
  ARROW,
  CRESCENT,
  CROSS,
  DISC,
  FISH,
  FLOWER,
  HEART,
  HOUSE,
  RING,
  STAR;

  /** The class's folder name. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outline about the origin, reaching from about -1 to 1, y downwards. */
  Shape shape() {
    return switch (this) {
      case ARROW -> polygon(-1, -.3, .1, -.3, .1, -.8, 1, 0, .1, .8, .1, .3, -1, .3);
      case CRESCENT -> without(disc(0, 0, 1), disc(.48, 0, .82));
      case CROSS -> union(box(-1, -.3, 1, .3), box(-.3, -1, .3, 1));
      case DISC -> disc(0, 0, .95);
      case FISH -> fish();
      case FLOWER -> flower();
      case HEART -> heart();
      case HOUSE -> union(polygon(-1, -.1, 0, -1, 1, -.1), box(-.7, -.2, .7, .9));
      case RING -> without(disc(0, 0, 1), disc(0, 0, .55));
      case STAR -> star();
    };
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Shape star() {
    double[] xy = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.05 : 0.45;
      double angle = Math.PI * (i / 5.0 - 0.5);
      xy[2 * i] = radius * Math.cos(angle);
      xy[2 * i + 1] = radius * Math.sin(angle);
    }
    return polygon(xy);
  }

  private static Shape flower() {
    Area petals = new Area(disc(0, 0, .4));
    for (int i = 0; i < 5; i++) {
      Area petal = new Area(new Ellipse2D.Double(-.27, -1, .54, .85));
      petal.transform(AffineTransform.getRotateInstance(i * 2 * Math.PI / 5));
      petals.add(petal);
    }
    return petals;
  }

  private static Shape fish() {
    Area body = new Area(new Ellipse2D.Double(-1, -.55, 1.5, 1.1));
    body.add(new Area(polygon(.25, 0, 1, -.6, .8, 0, 1, .6)));
    body.subtract(new Area(disc(-.6, -.12, .12)));
    return body;
  }

  private static Shape heart() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 1);
    path.curveTo(-1.7, -.1, -.9, -1.4, 0, -.5);
    path.curveTo(.9, -1.4, 1.7, -.1, 0, 1);
    path.closePath();
    return path;
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape box(double left, double top, double right, double bottom) {
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  private static Shape union(Shape a, Shape b) {
    Area area = new Area(a);
    area.add(new Area(b));
    return area;
  }

  private static Shape without(Shape a, Shape b) {
    Area area = new Area(a);
    area.subtract(new Area(b));
    return area;
  }
}
